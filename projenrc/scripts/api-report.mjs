// Compares the API of the package in the working directory with its committed reports, one for each subpath it exports.
//
//   node ../../projenrc/scripts/api-report.mjs [--update]
//
// A report is etc/<subpath>.api.md; --update writes them. Fails on a report that differs, is missing or is left over, and on a
// forgotten export: a type that an exported one names, but that neither the subpath nor the package itself exports.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const REPORTS = 'etc';
const temporary = mkdtempSync(join(tmpdir(), 'plimsoll-api-'));

const { values: flags } = parseArgs({ options: { update: { type: 'boolean', default: false } } });
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** Name of the report and declaration file of each subpath that has types. */
const entryPoints = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  target.types === undefined ? [] : [{ report: subpath === '.' ? 'index' : subpath.slice(2).replaceAll('/', '.'), types: target.types }],
);

/** How API Extractor reads one subpath: a report and nothing else. */
function configure({ report, types }) {
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve('package.json'),
    configObject: {
      projectFolder: process.cwd(),
      mainEntryPointFilePath: resolve(types),
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: resolve('tsconfig.json') },
      apiReport: { enabled: true, reportFileName: report, reportFolder: resolve(REPORTS), reportTempFolder: temporary },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Error },
          // Everything exported is public; there are no other releases to tell apart.
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
          // The report marks what has no comment; a literal `code` needs none.
          'ae-undocumented': { logLevel: ExtractorLogLevel.None },
        },
        // TypeDoc checks the comments, and knows tags that TSDoc does not.
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}

const configs = entryPoints.map(configure);
const compilerState = CompilerState.create(configs[0], { additionalEntryPoints: entryPoints.map(({ types }) => resolve(types)) });
const exportedByPackage = exportsOf(manifest.exports['.'].types);
const problems = [];

/** Names that a declaration file exports. */
function exportsOf(types) {
  const checker = compilerState.program.getTypeChecker();
  const module = checker.getSymbolAtLocation(compilerState.program.getSourceFile(resolve(types)));
  return new Set(checker.getExportsOfModule(module).map(({ name }) => name));
}

/** Whether the message is about a type that a subpath leaves to the package itself: importing a type costs nothing there. */
function isExportedByPackage({ messageId, text }) {
  return messageId === 'ae-forgotten-export' && exportedByPackage.has(/^The symbol "([^"]+)"/.exec(text)?.[1]);
}

function compare(config) {
  const report = `${REPORTS}/${basename(config.reportFilePath)}`;
  const { apiReportChanged } = Extractor.invoke(config, {
    compilerState,
    localBuild: flags.update,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel !== ExtractorLogLevel.Error || isExportedByPackage(message)) return;
      problems.push(`${report}: ${message.formatMessageWithLocation(process.cwd())}`);
    },
  });
  if (!apiReportChanged) return;
  if (flags.update) console.log(`${report} written`);
  else problems.push(`${report} ${existsSync(report) ? 'is out of date' : 'is missing'}`);
}

mkdirSync(REPORTS, { recursive: true });
try {
  for (const config of configs) compare(config);
} finally {
  rmSync(temporary, { recursive: true });
}

const expected = new Set(configs.map((config) => basename(config.reportFilePath)));
for (const left of readdirSync(REPORTS).filter((file) => file.endsWith('.api.md') && !expected.has(file))) {
  if (flags.update) rmSync(`${REPORTS}/${left}`);
  else problems.push(`${REPORTS}/${left} is the report of a subpath that is no longer exported`);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0)
  console.error('intended? "npx projen api:update" at the root refreshes the reports; read the difference and commit it');
console.log(`${manifest.name}: ${configs.length} API reports, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
