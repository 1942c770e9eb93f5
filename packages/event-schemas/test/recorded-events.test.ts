import { parseContainerInstanceStateChange, parseCustomResourceRequest, parseEcsEvent, unwrapEvents } from '@plimsoll/event-schemas';
import { describeRecorded, recorded, recordedFiles } from './helpers/recorded';

/** Paths of the issues of what is refused among the recorded events, by file; each is no event of ECS but a test's stand-in for one. */
const REFUSED_EVENTS: Readonly<Record<string, readonly string[]>> = {
  // A program's test data with nothing but a detail-type and a piece of a detail: nothing says it is from ECS.
  'task-036.json': ['source'],
  // As above, and its detail is empty.
  'task-038.json': ['source'],
  // Written by hand to try a function out: names no cluster, no wish, and cannot be ordered.
  'task-042.json': ['detail.clusterArn', 'detail.desiredStatus', 'detail.version'],
  // Written inside a unit test with the four fields that test reads: as above.
  'task-237.json': ['detail.clusterArn', 'detail.desiredStatus', 'detail.version'],
};

/** Paths of the issues of what is refused among the recorded requests, by file. */
const REFUSED_REQUESTS: Readonly<Record<string, readonly string[]>> = {
  // Test data of a library that made it from a Create: CloudFormation always sends the physical id with a Delete.
  'delete-03.json': ['PhysicalResourceId'],
  // The same, with an Update.
  'update-03.json': ['PhysicalResourceId'],
};

/** Events with a detail-type ECS does not have; they pass as unknown. */
const UNKNOWN: ReadonlySet<string> = new Set(['service-deployment-001.json']);

const issues = (result: ReturnType<typeof parseEcsEvent | typeof parseCustomResourceRequest>): string[] =>
  result.ok ? [] : result.error.issues.map((issue) => issue.path);

describeRecorded('recorded elsewhere (PLIMSOLL_SAMPLES)', () => {
  const events = recordedFiles('events');
  const requests = recordedFiles('cloudformation');

  test('there are events of every recorded kind, and requests', () => {
    const kinds = events.map((name) => name.replace(/-\d+\.json$/, ''));
    expect(new Set(kinds)).toEqual(new Set(['container-instance', 'deployment', 'service-action', 'service-deployment', 'task']));
    expect(requests.length).toBeGreaterThan(0);
    expect(events).toEqual(expect.arrayContaining(Object.keys(REFUSED_EVENTS)));
    expect(requests).toEqual(expect.arrayContaining(Object.keys(REFUSED_REQUESTS)));
  });

  test.each(events)('event %s parses, or is refused for the known reason', (name) => {
    const event = recorded('events', name);
    const result = parseEcsEvent(event);
    expect(issues(result)).toEqual(REFUSED_EVENTS[name] ?? []);
    if (result.ok) expect(result.value).toEqual({ detailType: UNKNOWN.has(name) ? 'unknown' : event['detail-type'], event });
  });

  test.each(events.filter((name) => !name.startsWith('container-instance-')))('event %s is none of another type', (name) => {
    const paths = issues(parseContainerInstanceStateChange(recorded('events', name)) as ReturnType<typeof parseEcsEvent>);
    expect(paths).toContain('detail-type');
    expect(paths.filter((path) => path.startsWith('detail.'))).toEqual([]);
  });

  test.each(requests)('request %s parses, or is refused for the known reason', (name) => {
    const request = recorded('cloudformation', name);
    const result = parseCustomResourceRequest(request);
    expect(issues(result)).toEqual(REFUSED_REQUESTS[name] ?? []);
    expect(JSON.stringify(result.ok ? '' : result.error)).not.toContain('X-Amz');
  });

  test('all events, carried by SQS and by SNS in SQS, come out as they were', () => {
    const originals = events.map((name) => recorded('events', name));
    const carried = (wrap: (message: string) => unknown) =>
      unwrapEvents({ Records: originals.map((event) => ({ messageId: 'm', body: wrap(JSON.stringify(event)) })) });
    const notified = (Message: string) => JSON.stringify({ Type: 'Notification', TopicArn: 't', Message });
    const expected = originals.map((event) => ({ ok: true, value: { messageId: 'm', event } }));
    expect(carried((message) => message)).toEqual(expected);
    expect(carried(notified)).toEqual(expected);
  });
});
