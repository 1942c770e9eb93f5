"""Drives ECS with boto3 and prints what came of it as JSON."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

ecs = boto3.client("ecs", endpoint_url=sys.argv[1], region_name="us-east-1")


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def resources(cpu):
    return [
        {"name": "CPU", "type": "INTEGER", "integerValue": cpu},
        {"name": "MEMORY", "type": "INTEGER", "integerValue": 4096},
        {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ["22"]},
    ]


report = {"early": refusal(ecs.list_tasks)}
ecs.create_cluster()
hosts = [
    ecs.register_container_instance(totalResources=resources(1024))["containerInstance"]["containerInstanceArn"]
    for _ in range(7)
]
ecs.register_task_definition(
    family="web",
    containerDefinitions=[{"name": "app", "image": "app:1", "cpu": 512, "memory": 256, "portMappings": [{"containerPort": 80}]}],
)
run = ecs.run_task(taskDefinition="web", count=10, placementStrategy=[{"type": "spread", "field": "instanceId"}])
pages = ecs.get_paginator("list_container_instances").paginate(PaginationConfig={"PageSize": 3})
listed = [arn for page in pages for arn in page["containerInstanceArns"]]
tasks = [arn for page in ecs.get_paginator("list_tasks").paginate(PaginationConfig={"PageSize": 4}) for arn in page["taskArns"]]
ecs.get_waiter("tasks_running").wait(tasks=tasks)
described = ecs.describe_container_instances(containerInstances=hosts)["containerInstances"]
report.update(
    inOrder=listed == hosts,
    tasks=len(tasks),
    failures=run["failures"],
    running=sum(host["runningTasksCount"] for host in described),
    remaining=sorted(host["remainingResources"][0]["integerValue"] for host in described),
    year=described[0]["registeredAt"].year,
    force=refusal(ecs.deregister_container_instance, containerInstance=hosts[0]),
)
for task in tasks:
    ecs.stop_task(task=task, reason="over")
ecs.get_waiter("tasks_stopped").wait(tasks=tasks)
report["status"] = ecs.deregister_container_instance(containerInstance=hosts[0])["containerInstance"]["status"]
report["left"] = len(ecs.list_container_instances()["containerInstanceArns"])
print(json.dumps(report))
