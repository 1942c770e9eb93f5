type Fields = Readonly<Record<string, unknown>>;

/** What commands of the AWS CLI print, by the field that tells them and holds a list or an object. */
const OUTPUTS: ReadonlyMap<string, string> = new Map([
  ['containerInstances', 'describe-container-instances'],
  ['containerInstanceArns', 'list-container-instances'],
  ['taskDefinition', 'describe-task-definition'],
  ['taskDefinitionArns', 'list-task-definitions'],
  ['tasks', 'describe-tasks'],
  ['taskArns', 'list-tasks'],
  ['services', 'describe-services'],
  ['serviceArns', 'list-services'],
  ['clusters', 'describe-clusters'],
  ['clusterArns', 'list-clusters'],
]);

/** What a JSON document is that was taken for another, for messages. */
export function kindOfDocument(document: unknown): string {
  if (document === null) return 'null';
  if (Array.isArray(document)) return 'an array';
  if (typeof document !== 'object') return `a ${typeof document}`;
  const fields = document as Fields;
  if (typeof fields['detail-type'] === 'string') return `an event of ${fields['detail-type'].slice(0, 80)}`;
  for (const [field, command] of OUTPUTS) {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (typeof value === 'object' && value !== null) return `what \`aws ecs ${command}\` prints`;
  }
  return `an object with ${keysOf(fields)}`;
}

function keysOf(fields: Fields): string {
  const keys = Object.keys(fields).map((key) => key.slice(0, 40));
  if (keys.length === 0) return 'no fields';
  return `${keys.slice(0, 3).join(', ')}${keys.length > 3 ? ', …' : ''}`;
}
