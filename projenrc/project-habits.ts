import { TextFile, YamlFile } from 'projen';
import type { Monorepo } from './monorepo.ts';

/** The checks of documents against the code, and what GitHub shows to whoever opens an issue or a pull request. */
export function addProjectHabits(root: Monorepo): void {
  const reference = 'node projenrc/scripts/check-reference.mjs';
  root
    .addTask('reference', {
      description: 'Compare docs/reference, and the names in the commands of the documents, with the code',
      exec: reference,
    })
    .exec('node projenrc/scripts/check-commands.mjs');
  root.addTask('commands', {
    description: 'Run the commands of README and CONTRIBUTING that nothing else runs',
    exec: 'node projenrc/scripts/check-commands.mjs --run',
  });
  root
    .addTask('reference:update', {
      description: 'Write the generated tables of docs/reference',
      exec: `nx run-many --outputStyle=static --targets=compile --projects=${root.scope}/cli`,
    })
    .exec(`${reference} --update`);
  new TextFile(root, '.github/pull_request_template.md', { lines: PULL_REQUEST });
  for (const [name, form] of Object.entries(ISSUE_FORMS)) {
    new YamlFile(root, `.github/ISSUE_TEMPLATE/${name}.yml`, { obj: form });
  }
}

const PULL_REQUEST = [
  'What changes for whoever uses it, and why:',
  '',
  '',
  '- [ ] a test fails without it',
  '- [ ] documents say what is true, `CHANGELOG.md` and `docs/reference` included',
  '- [ ] facts of AWS carry their source',
  '- [ ] `npx projen build` leaves the tree clean',
  '- [ ] the title is a [conventional commit](https://www.conventionalcommits.org), such as `fix(capacity-core): …`',
  '',
];

const area = (id: string, label: string, description: string, required = true) => ({
  type: 'textarea',
  id,
  attributes: { label, description },
  validations: { required },
});

const ISSUE_FORMS = {
  config: {
    blank_issues_enabled: true,
    contact_links: [
      {
        name: 'A weakness of security',
        url: 'https://github.com/plimsoll/plimsoll/security/advisories/new',
        about: 'In private, please: see SECURITY.md.',
      },
    ],
  },
  defect: {
    name: 'Something is wrong',
    description: 'A wrong number, a deployment that hangs, an error that should not be, a document that is not true',
    labels: ['defect'],
    body: [
      { type: 'markdown', attributes: { value: 'Please leave out account ids, keys, host names and pre-signed addresses.' } },
      { type: 'input', id: 'version', attributes: { label: 'Package and version' }, validations: { required: true } },
      area('seen', 'What happened', 'With the `code` of the error, and the log line of the decision where there is one.'),
      area('expected', 'What should have happened', 'And how you know: what ECS or CloudFormation said.'),
      area(
        'repeat',
        'How to repeat it',
        'Container-instance records or events as JSON, and the command: `plimsoll capacity --snapshot …`, `plimsoll replay …`, a failing seed.',
      ),
    ],
  },
  wish: {
    name: 'Something is missing',
    description: 'What you want to do and cannot',
    labels: ['wish'],
    body: [
      area('aim', 'What you want to do', 'The cluster, its tasks, the deployment; not yet the solution.'),
      area('today', 'What you do today', 'And what it costs.', false),
      area('facts', 'What AWS says about it', 'Documentation or SDK model, with the address.', false),
    ],
  },
};
