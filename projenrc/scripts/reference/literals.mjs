import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** Every string literal of these files that a pattern takes whole. */
export function literalsOf(pattern, globs) {
  const found = new Set();
  for (const path of globSync(globs)) {
    const look = (node) => {
      if (ts.isStringLiteralLike(node) && pattern.test(node.text)) found.add(node.text);
      ts.forEachChild(node, look);
    };
    look(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  }
  return found;
}

/** Every word of these files, comments included, that a pattern takes. */
export function wordsOf(pattern, globs) {
  return new Set(globSync(globs).flatMap((path) => readFileSync(path, 'utf8').match(pattern) ?? []));
}
