"""Lists and describes services with boto3 and prints what came of it as JSON."""

import json
import sys

import boto3

ecs = boto3.client("ecs", endpoint_url=sys.argv[1], region_name="us-east-1")

pages = [page["serviceArns"] for page in ecs.get_paginator("list_services").paginate()]
listed = [arn for page in pages for arn in page]
described = [
    service
    for start in range(0, len(listed), 10)
    for service in ecs.describe_services(services=listed[start : start + 10])["services"]
]
print(
    json.dumps(
        {
            "pages": [len(page) for page in pages],
            "names": [service["serviceName"] for service in described],
            "desired": sum(service["desiredCount"] for service in described),
            "running": sum(service["runningCount"] for service in described),
            "year": described[0]["createdAt"].year,
            "daemons": len(ecs.list_services(schedulingStrategy="DAEMON")["serviceArns"]),
            "missing": ecs.describe_services(services=["gone"])["failures"][0]["reason"],
        }
    )
)
