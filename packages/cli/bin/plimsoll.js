#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const library = join(__dirname, '..', 'lib', 'index.js');
if (existsSync(library)) {
  require(library).main();
} else {
  process.stderr.write(`plimsoll: not compiled, ${library} is missing: run \`npx tsc --build\` in the package first\n`);
  process.exitCode = 3;
}
