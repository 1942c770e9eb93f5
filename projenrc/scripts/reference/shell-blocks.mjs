/** Names of the variables that a command sets in front of itself, and the words that are left. */
function withoutAssignments(words) {
  const first = words.findIndex((word) => !/^[A-Z_][A-Z0-9_]*=/.test(word));
  const at = first === -1 ? words.length : first;
  return { variables: words.slice(0, at).map((word) => word.split('=')[0]), words: words.slice(at) };
}

/**
 * The commands in the fenced `sh` blocks of a page, each with its line, its words and the folder that a `cd` before it in the block went
 * to. A block behind the line `<!-- run -->` is to be run, too: `stage` is `repository`, or what the mark says after a colon.
 */
export function shellBlocks(page) {
  const blocks = [];
  for (const match of page.matchAll(/(<!-- run(?:: ([a-z]+))? -->\n+)?```sh\n([\s\S]*?)```/g)) {
    const [, mark, named = 'repository', text] = match;
    const line = page.slice(0, match.index).split('\n').length + (mark?.split('\n').length ?? 1);
    blocks.push({ line, stage: mark === undefined ? undefined : named, text, commands: commandsOf(text, line) });
  }
  return blocks;
}

function commandsOf(text, firstLine) {
  let folder = '.';
  const commands = [];
  let pending = '';
  for (const [index, written] of text.split('\n').entries()) {
    pending += written.replace(/\\$/, ' ');
    if (written.endsWith('\\')) continue;
    for (const words of simpleCommands(pending)) {
      const command = { line: firstLine + index, folder, ...withoutAssignments(words) };
      if (command.words[0] === 'cd') folder = command.words[1] ?? '.';
      if (command.words.length > 0) commands.push(command);
    }
    pending = '';
  }
  return commands;
}

/** The words of each command of a line, as far as documents use the shell: quotes, comments, `&&`, `|`, `;` and redirections. */
function simpleCommands(line) {
  const tokens = line.match(/#.*$|'[^']*'|"[^"]*"|&&|\|\||[|;]|[^\s'"|;&]+(?:'[^']*'|"[^"]*"|[^\s'"|;&])*/g) ?? [];
  const commands = [[]];
  for (const [index, token] of tokens.entries()) {
    if (token.startsWith('#')) break;
    if (['&&', '||', '|', ';'].includes(token)) commands.push([]);
    else if (token !== '>' && tokens[index - 1] !== '>') commands.at(-1).push(token.replace(/^['"]|['"]$/g, ''));
  }
  return commands.filter((words) => words.length > 0);
}
