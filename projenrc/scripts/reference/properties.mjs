import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { cell } from './markdown.mjs';

/** A table of the members of interfaces, by their doc comments: what it is, and its `@default`. */
export function interfaceTable(glob, names) {
  const files = globSync(glob).map((path) => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  const rows = names.flatMap((name) => {
    const found = files.flatMap(({ statements }) =>
      statements.filter((node) => ts.isInterfaceDeclaration(node) && node.name.text === name),
    );
    if (found.length !== 1) throw new TypeError(`${found.length} interfaces are named ${name} in ${glob}: name one that is there`);
    return found[0].members.map((member) => rowOf(member));
  });
  return ['| Property | Type | Meaning | Default |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowOf(member) {
  const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(doc?.comment) ?? '';
  const tag = doc?.tags?.find(({ tagName }) => tagName.text === 'default');
  const written = (ts.getTextOfJSDocComment(tag?.comment) ?? '').replace(/^- /, '');
  const byDefault = tag === undefined ? (member.questionToken ? 'none' : 'required') : written;
  const type = member.type.getText().replace(/\s+/g, ' ');
  return `| \`${member.name.getText()}\` | ${cell(`\`${type}\``)} | ${cell(text)} | ${cell(byDefault)} |`;
}
