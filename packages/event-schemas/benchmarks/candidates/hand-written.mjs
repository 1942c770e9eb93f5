const isText = (value) => typeof value === 'string';
const isWhole = Number.isInteger;
const isNatural = (value) => Number.isSafeInteger(value) && value >= 0;
const isIdentifier = (value) => isText(value) && value !== '';
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Adds the paths of what is wrong in one object; `required` and `optional` are a guard a key. */
function checkObject(value, path, guards, issues) {
  if (!isObject(value)) {
    issues.push(path);
    return;
  }
  for (const [key, guard, optional] of guards) {
    const field = value[key];
    if (field === undefined && optional && !Object.hasOwn(value, key)) continue;
    if (guard.length === 1) {
      if (!guard(field)) issues.push(`${path}.${key}`);
    } else guard(field, `${path}.${key}`, issues);
  }
}

const listOf = (item) => (value, path, issues) => {
  if (!Array.isArray(value)) issues.push(path);
  else for (let index = 0; index < value.length; index += 1) checkItem(item, value[index], `${path}[${index}]`, issues);
};

function checkItem(item, value, path, issues) {
  if (Array.isArray(item)) checkObject(value, path, item, issues);
  else if (!item(value)) issues.push(path);
}

const resource = [
  ['name', isText, false],
  ['type', isText, true],
  ['integerValue', isWhole, true],
  ['longValue', isWhole, true],
  ['doubleValue', Number.isFinite, true],
  ['stringSetValue', listOf(isText), true],
];
const attribute = [
  ['name', isText, false],
  ['value', isText, true],
];
const detail = [
  ['clusterArn', isIdentifier, false],
  ['containerInstanceArn', isIdentifier, false],
  ['status', isText, false],
  ['agentConnected', (value) => typeof value === 'boolean', false],
  ['version', isNatural, false],
  ['registeredResources', listOf(resource), false],
  ['remainingResources', listOf(resource), false],
  ['ec2InstanceId', isText, true],
  ['attributes', listOf(attribute), true],
  ['runningTasksCount', isNatural, true],
  ['pendingTasksCount', isNatural, true],
];
const envelope = [
  ['detail-type', (value) => value === 'ECS Container Instance State Change', false],
  ['source', (value) => value === 'aws.ecs', false],
  ['version', isText, true],
  ['id', isText, true],
  ['account', isText, true],
  ['time', isText, true],
  ['region', isText, true],
  ['resources', listOf(isText), true],
  ['detail', (value, path, issues) => checkObject(value, path, detail, issues), false],
];

/** The schema as a table of guards, without a library. */
export function check(event) {
  const issues = [];
  checkObject(event, '', envelope, issues);
  return issues;
}
