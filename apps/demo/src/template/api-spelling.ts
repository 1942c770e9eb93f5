/** Members whose own members are a user's words, not names of the API. */
const USERS_WORDS: ReadonlySet<string> = new Set(['Options', 'DockerLabels']);

/** A value with CloudFormation's names of members as Amazon ECS's API spells them: `PortMappings` is `portMappings`. */
export function inApiSpelling(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inApiSpelling);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [lowerFirst(name), USERS_WORDS.has(name) ? member : inApiSpelling(member)]),
  );
}

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
