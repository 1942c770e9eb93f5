import { evaluatePlacementExpression, type PlacementAnswer, type PlacementFacts, parsePlacementExpression } from '../../src/index.js';

const FACTS: PlacementFacts = {
  agentConnected: true,
  agentVersion: '1.14.4',
  attributes: [
    { name: 'ecs.instance-type', value: 'g2.2xlarge' },
    { name: 'ecs.availability-zone', value: 'us-east-1a' },
    { name: 'ecs.capability.task-eni' },
    { name: 'rank', value: '10' },
    { name: '__proto__', value: 'odd' },
  ],
  ec2InstanceId: 'i-abcd1234',
  registeredAt: Date.UTC(2018, 5, 18, 22, 28, 28) / 1000,
  runningTasksCount: 1,
  taskGroups: ['service:production', 'family:job'],
};

function ask(text: string, facts: PlacementFacts = FACTS): PlacementAnswer {
  const expression = parsePlacementExpression(text);
  if (!expression.ok) throw new TypeError(expression.error.message);
  return evaluatePlacementExpression(expression.value, facts);
}

const NOT_DOCUMENTED = 'NOT_DOCUMENTED';
const NOT_TOLD = 'NOT_TOLD';

describe('documented examples', () => {
  it.each<[string, PlacementAnswer['outcome']]>([
    ['attribute:ecs.instance-type == t2.small', 'unmet'],
    ['attribute:ecs.instance-type == g2.2xlarge', 'met'],
    ['attribute:ecs.availability-zone in [us-east-1a, us-east-1b]', 'met'],
    ['attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d', 'met'],
    ['attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1a', 'unmet'],
    ['task:group == service:production', 'met'],
    ['not(task:group == database)', 'met'],
    ['runningTasksCount == 1', 'met'],
    ['agentVersion < 1.14.5', 'met'],
    ['registeredAt < 2018-02-13', 'unmet'],
    ["ec2InstanceId in ['i-abcd1234', 'i-wxyx7890']", 'met'],
  ])('%s: %s', (text, outcome) => {
    expect(ask(text)).toStrictEqual({ outcome, doubts: [] });
  });
});

describe('each operator', () => {
  it.each<[string, PlacementAnswer['outcome']]>([
    ['attribute:rank == 10', 'met'],
    ['attribute:rank != 10', 'unmet'],
    ['attribute:rank in [9, 10]', 'met'],
    ['attribute:rank !in [9, 10]', 'unmet'],
    ['attribute:rank !in [9]', 'met'],
    ['attribute:rank =~ 1.', 'met'],
    ['attribute:rank !~ 1.', 'unmet'],
    ['attribute:rank !~ 2.', 'met'],
    ['attribute:rank > 09', 'met'],
    ['attribute:rank > 10', 'unmet'],
    ['attribute:rank >= 10', 'met'],
    ['attribute:rank >= 11', 'unmet'],
    ['attribute:rank < 11', 'met'],
    ['attribute:rank < 10', 'unmet'],
    ['attribute:rank <= 10', 'met'],
    ['attribute:rank <= 1', 'unmet'],
    ['attribute:rank exists', 'met'],
    ['attribute:rank !exists', 'unmet'],
    ['attribute:ecs.capability.task-eni exists', 'met'],
    ['attribute:Rank exists', 'unmet'],
    ['attribute:Rank !exists', 'met'],
    ['attribute:__proto__ == odd', 'met'],
    ['attribute:constructor exists', 'unmet'],
    ['agentConnected == true', 'met'],
    ['agentConnected != true', 'unmet'],
    ['agentConnected in [false]', 'unmet'],
    ['agentConnected =~ tru.', 'met'],
    ['ec2InstanceId == i-abcd1234', 'met'],
    ['ec2InstanceId != i-abcd1234', 'unmet'],
    ['ec2InstanceId =~ i-.*', 'met'],
    ['agentVersion == 1.14.4', 'met'],
    ['agentVersion != 1.14.4', 'unmet'],
    ['agentVersion == 1.14.5', 'unmet'],
    ['agentVersion != 1.14.5', 'met'],
    ['agentVersion > 1.9.99', 'met'],
    ['agentVersion > 1.14.4', 'unmet'],
    ['agentVersion >= 1.14.4', 'met'],
    ['agentVersion >= 1.14.4.1', 'unmet'],
    ['agentVersion < 1.14.4', 'unmet'],
    ['agentVersion <= 1.14.4.0', 'met'],
    ['agentVersion > 1.14', 'met'],
    ['agentVersion < 2', 'met'],
    ['runningTasksCount != 1', 'unmet'],
    ['runningTasksCount != 2', 'met'],
    ['runningTasksCount > 0', 'met'],
    ['runningTasksCount > 1', 'unmet'],
    ['runningTasksCount >= 1', 'met'],
    ['runningTasksCount < 10', 'met'],
    ['runningTasksCount < 1', 'unmet'],
    ['runningTasksCount <= 1', 'met'],
    ['runningTasksCount <= 0', 'unmet'],
    ['task:group in [a, family:job]', 'met'],
    ['task:group =~ .*:job', 'met'],
    ['task:group =~ .*:none', 'unmet'],
    ['task:group exists', 'met'],
    ['task:group !exists', 'unmet'],
    ['task:group != database', 'met'],
    ['task:group !in [service:production, family:job]', 'unmet'],
    ['registeredAt < 2018-06-19', 'met'],
    ['registeredAt <= 2018-06-17', 'unmet'],
    ['registeredAt >= 2018-06-18', 'met'],
    ['registeredAt > 2018-06-17', 'met'],
    ['registeredAt > 2018-06-19', 'unmet'],
    ['registeredAt == 2018-06-18T22:28:28Z', 'met'],
    ['registeredAt != 2018-06-18T22:28:28', 'unmet'],
    ['registeredAt == 2018-06-18T22:28:29+00:00', 'unmet'],
    ['registeredAt != 2018-06-18T22:28:29+00:00', 'met'],
    ['registeredAt <= 2018-06-18T22:28:28+00:00', 'met'],
    ['registeredAt >= 2018-06-18T22:28:29', 'unmet'],
    ['registeredAt < 2018-06-18T22:28:28', 'unmet'],
    ['registeredAt > 2018-06-18T22:28:27', 'met'],
    ['registeredAt == 2018-06-19T00:28:28+02:00', 'met'],
    ['registeredAt == 2018-06-18T13:58:28-08:30', 'met'],
  ])('%s: %s', (text, outcome) => {
    expect(ask(text)).toStrictEqual({ outcome, doubts: [] });
  });

  it.each(['== b', '!= b', 'in [b]', '!in [b]', '=~ b', '!~ b', '> 1', '<= 1'])(
    'an attribute that is not there, or has no value, meets no %s',
    (rest) => {
      expect(ask(`attribute:absent ${rest}`).outcome).toBe('unmet');
      expect(ask(`attribute:ecs.capability.task-eni ${rest}`).outcome).toBe('unmet');
      expect(ask(`not (attribute:absent ${rest})`).outcome).toBe('met');
    },
  );
});

describe('what is not documented is in doubt where it matters', () => {
  it.each([
    ['attribute:ecs.instance-type =~ g2', 'attribute:ecs.instance-type'],
    ['attribute:ecs.instance-type !~ large', 'attribute:ecs.instance-type'],
    ['attribute:rank > 9', 'attribute:rank'],
    ['attribute:rank < 9', 'attribute:rank'],
    ['attribute:rank > high', 'attribute:rank'],
    ['attribute:ecs.instance-type > 1', 'attribute:ecs.instance-type'],
    ['attribute:rank >= 10.0', 'attribute:rank'],
    ['agentVersion == 1.14.4.0', 'agentVersion'],
    ['agentVersion != 1.14.4.0', 'agentVersion'],
    ['task:group != family:job', 'task:group'],
    ['task:group !in [family:job]', 'task:group'],
    ['task:group !~ family:.*', 'task:group'],
    ['registeredAt == 2018-06-18', 'registeredAt'],
    ['registeredAt != 2018-06-18', 'registeredAt'],
    ['registeredAt > 2018-06-18', 'registeredAt'],
    ['registeredAt <= 2018-06-18', 'registeredAt'],
  ])('%s', (text, subject) => {
    expect(ask(text)).toStrictEqual({ outcome: 'unknown', doubts: [{ subject, reason: NOT_DOCUMENTED }] });
  });

  it('is in doubt of a denial where no task runs', () => {
    const idle = { ...FACTS, taskGroups: [] };
    expect(ask('task:group != database', idle).outcome).toBe('unknown');
    expect(ask('task:group == database', idle).outcome).toBe('unmet');
    expect(ask('task:group exists', idle).outcome).toBe('unmet');
    expect(ask('task:group !exists', idle).outcome).toBe('met');
  });

  it('is in doubt within the second of a date', () => {
    const late = { ...FACTS, registeredAt: '2018-06-18T22:28:28.500Z' };
    expect(ask('registeredAt == 2018-06-18T22:28:28Z', late).outcome).toBe('unknown');
    expect(ask('registeredAt == 2018-06-18T22:28:29Z', late).outcome).toBe('unmet');
    expect(ask('registeredAt > 2018-06-18T22:28:27Z', late).outcome).toBe('met');
  });

  it('takes the last moment of a day as that day', () => {
    const last = { ...FACTS, registeredAt: '2018-06-18T23:59:59.999Z' };
    expect(ask('registeredAt <= 2018-06-18', last).outcome).toBe('unknown');
    expect(ask('registeredAt <= 2018-06-18', { ...FACTS, registeredAt: '2018-06-19T00:00:00Z' }).outcome).toBe('unmet');
    expect(ask('registeredAt > 2018-06-18', { ...FACTS, registeredAt: '2018-06-19T00:00:00Z' }).outcome).toBe('met');
    expect(ask('registeredAt == 2018-06-18', { ...FACTS, registeredAt: '2018-06-18T00:00:00Z' }).outcome).toBe('met');
    expect(ask('registeredAt <= 2018-06-18', { ...FACTS, registeredAt: '2018-06-18T00:00:00Z' }).outcome).toBe('met');
    expect(ask('registeredAt > 2018-06-18', { ...FACTS, registeredAt: '2018-06-18T00:00:00Z' }).outcome).toBe('unmet');
  });
});

describe('what was not told is in doubt', () => {
  const BARE: PlacementFacts = { agentConnected: false, attributes: [] };

  it.each([
    ['agentVersion > 1', 'agentVersion'],
    ['agentVersion == 1', 'agentVersion'],
    ['ec2InstanceId != i', 'ec2InstanceId'],
    ['registeredAt > 2018-01-01', 'registeredAt'],
    ['runningTasksCount == 0', 'runningTasksCount'],
    ['task:group == a', 'task:group'],
    ['task:group !exists', 'task:group'],
  ])('%s', (text, subject) => {
    expect(ask(text, BARE)).toStrictEqual({ outcome: 'unknown', doubts: [{ subject, reason: NOT_TOLD }] });
  });

  it.each(['1.14.5-dev', '', 'v1', '1..2', '1.2.3.4.5', '1234567890'])('an agent version %j cannot be read', (agentVersion) => {
    expect(ask('agentVersion >= 0', { ...BARE, agentVersion })).toStrictEqual({
      outcome: 'unknown',
      doubts: [{ subject: 'agentVersion', reason: NOT_TOLD }],
    });
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '',
    'yesterday',
    '2018-06-18',
    '2018-06-18T22:28:28',
    '2018-13-18T22:28:28Z',
    ' 2018-06-18T22:28:28Z',
  ])('a time %j cannot be read', (registeredAt) => {
    expect(ask('registeredAt > 2000-01-01', { ...BARE, registeredAt })).toStrictEqual({
      outcome: 'unknown',
      doubts: [{ subject: 'registeredAt', reason: NOT_TOLD }],
    });
  });

  it.each([
    0.5,
    1_529_360_908.123,
    '2018-06-18T22:28:28.123456+00:00',
    '2018-06-18T22:28:28+0000',
    '2018-06-18T22:28:28-08:00',
    '2018-06-18T22:28:28Z',
  ])('a time %j can be read', (registeredAt) => {
    expect(ask('registeredAt < 2018-06-20', { ...BARE, registeredAt }).outcome).toBe('met');
  });

  it('reads offsets of times', () => {
    const registeredAt = '2018-06-19T00:30:00+0130';
    expect(ask('registeredAt == 2018-06-18T23:00:00Z', { ...BARE, registeredAt }).outcome).toBe('met');
  });
});

describe('joining', () => {
  const UNKNOWN = 'runningTasksCount == 0';
  const facts: PlacementFacts = { agentConnected: true, attributes: [{ name: 'a', value: 'ab' }] };
  const doubt = { subject: 'runningTasksCount', reason: NOT_TOLD };
  const other = { subject: 'attribute:a', reason: NOT_DOCUMENTED };

  it.each<[string, PlacementAnswer['outcome'], readonly object[]]>([
    [`attribute:a exists and ${UNKNOWN}`, 'unknown', [doubt]],
    [`attribute:a !exists and ${UNKNOWN}`, 'unmet', []],
    [`attribute:a exists or ${UNKNOWN}`, 'met', []],
    [`attribute:a !exists or ${UNKNOWN}`, 'unknown', [doubt]],
    [`not (${UNKNOWN})`, 'unknown', [doubt]],
    [`${UNKNOWN} and ${UNKNOWN} and runningTasksCount > 1`, 'unknown', [doubt]],
    [`attribute:a =~ a and (${UNKNOWN} or attribute:a exists) and (attribute:a exists or ${UNKNOWN})`, 'unknown', [other]],
    [`attribute:a =~ a or ${UNKNOWN}`, 'unknown', [other, doubt]],
    [`(attribute:a =~ a or attribute:a exists) and ${UNKNOWN}`, 'unknown', [doubt]],
    ['attribute:a exists and attribute:a == ab', 'met', []],
    ['attribute:a exists and attribute:a == b', 'unmet', []],
    ['attribute:b exists or attribute:a == b', 'unmet', []],
    ['attribute:b exists or attribute:a == ab', 'met', []],
  ])('%s: %s', (text, outcome, doubts) => {
    expect(ask(text, facts)).toStrictEqual({ outcome, doubts });
  });
});

describe('expressions that were made without the parser', () => {
  it('is in doubt of a pattern that cannot be read, whichever host is asked', () => {
    const expression = { kind: 'comparison', subject: 'attribute:a', operator: 'matches', arguments: ['('] } as const;
    const facts: PlacementFacts = { agentConnected: true, attributes: [{ name: 'a', value: '(' }] };
    for (let round = 0; round < 2; round += 1) expect(evaluatePlacementExpression(expression, facts).outcome).toBe('unknown');
  });

  it('keeps patterns of different comparisons apart', () => {
    const facts: PlacementFacts = { agentConnected: true, attributes: [{ name: 'a', value: 'x' }] };
    expect(ask('attribute:a =~ x and attribute:a =~ y', facts).outcome).toBe('unmet');
    expect(ask('attribute:a =~ y or attribute:a =~ x', facts).outcome).toBe('met');
  });
});
