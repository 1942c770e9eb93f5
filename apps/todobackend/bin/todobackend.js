#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '..', 'lib', 'index.js');
if (existsSync(program)) {
  require(program).main();
} else {
  process.stderr.write(`todobackend: not compiled, ${program} is missing: run \`npx tsc --build\` in apps/todobackend first\n`);
  process.exitCode = 3;
}
