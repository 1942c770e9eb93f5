"""The algorithm of pooled sums in Python with boto3, as far as cold start and memory go: imports, clients, one reading, one publish."""

import json
import os
import sys

import boto3

endpoint = os.environ.get("AWS_ENDPOINT_URL")
options = {"region_name": "us-east-1", "endpoint_url": endpoint}
ecs = boto3.client("ecs", **options)
cloudwatch = boto3.client("cloudwatch", **options)


def amount(resources, name):
    return next((item["integerValue"] for item in resources if item["name"] == name), 0)


def handler(cluster):
    arns = ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]
    described = ecs.describe_container_instances(cluster=cluster, containerInstances=arns)["containerInstances"]
    hosts = [host for host in described if host["status"] == "ACTIVE"]
    cpu = sum(amount(host["remainingResources"], "CPU") // 512 for host in hosts)
    memory = sum(amount(host["remainingResources"], "MEMORY") // 1024 for host in hosts)
    data = [{"MetricName": "ContainerCapacity", "Dimensions": [{"Name": "ClusterName", "Value": cluster}], "Value": min(cpu, memory)}]
    cloudwatch.put_metric_data(Namespace="Pooled/ECS", MetricData=data)
    return len(hosts)


if len(sys.argv) > 1:
    hosts = handler(sys.argv[1])
    import resource

    print(json.dumps({"hosts": hosts, "peakKiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
