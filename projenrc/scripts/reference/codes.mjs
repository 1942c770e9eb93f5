import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** What a code looks like, as opposed to the names that AWS gives its own errors. */
const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/**
 * Every code that the sources of a workspace name: in the type or the value of a member `code`, and in the unions that such a type
 * names. Read from the syntax alone, so that it takes no time; a name of another package's union adds nothing here.
 */
export function codesOf(workspace) {
  const files = globSync(`${workspace}/src/**/*.ts`).map((file) =>
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true),
  );
  const aliases = new Map();
  for (const file of files) {
    visit(file, (node) => {
      if (ts.isTypeAliasDeclaration(node)) aliases.set(node.name.text, node.type);
    });
  }
  const codes = new Set();
  const collect = (node, seen = new Set()) => {
    if (ts.isStringLiteral(node) && CODE.test(node.text)) codes.add(node.text);
    if (
      ts.isTypeReferenceNode(node) &&
      ts.isIdentifier(node.typeName) &&
      aliases.has(node.typeName.text) &&
      !seen.has(node.typeName.text)
    ) {
      collect(aliases.get(node.typeName.text), new Set([...seen, node.typeName.text]));
    }
    // Another type's member is found where that type is.
    if (ts.isIndexedAccessTypeNode(node) || ts.isTypeReferenceNode(node)) return;
    ts.forEachChild(node, (child) => collect(child, seen));
  };
  for (const file of files) {
    visit(file, (node) => {
      const named = 'name' in node && node.name !== undefined && ts.isIdentifier(node.name) && node.name.text === 'code';
      if (!named) return;
      if ('type' in node && node.type !== undefined) collect(node.type);
      if ('initializer' in node && node.initializer !== undefined) collectValue(node.initializer, collect);
    });
  }
  return codes;
}

/** The literals of a value: itself, or the branches of a choice, but not what a condition compares with. */
function collectValue(value, collect) {
  if (ts.isStringLiteral(value)) collect(value);
  if (ts.isAsExpression(value) || ts.isParenthesizedExpression(value)) collectValue(value.expression, collect);
  if (ts.isConditionalExpression(value)) for (const branch of [value.whenTrue, value.whenFalse]) collectValue(branch, collect);
}

function visit(node, look) {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}
