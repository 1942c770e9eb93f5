import { cleanUp, functionOf } from '../helpers/lambda-code.js';

jest.setTimeout(60_000);
afterEach(cleanUp);

it('come in order, whichever stream they were written to, and each with its invocation', async () => {
  const heard: string[] = [];
  const lambda = await functionOf(
    `console.log('load');
     exports.handler = async (name) => {
       console.log(name, 1); console.error(name, 2); process.stderr.write(name + ' 3\\n'); console.info('ä \u{1f600}\\n' + name + ' 4');
       await null;
       process.stdout.write(name + ' without an end');
     };`,
    { onLog: (line) => heard.push(line) },
  );
  const lines = (name: string) => [`${name} 1`, `${name} 2`, `${name} 3`, 'ä \u{1f600}', `${name} 4`, `${name} without an end`];
  expect((await lambda.invoke('a')).logs).toEqual(['load', ...lines('a')]);
  expect((await lambda.invoke('b')).logs).toEqual(lines('b'));
  expect(heard).toEqual(['load', ...lines('a'), ...lines('b')]);
});

it('are whole when the result comes, however many there are', async () => {
  const lambda = await functionOf(
    'exports.handler = async (count) => { for (let i = 0; i < count; i++) console.log(i, "x".repeat(100)); };',
  );
  for (const count of [20_000, 1, 0]) {
    const { logs } = await lambda.invoke(count);
    expect(logs.map((line) => Number(line.split(' ')[0]))).toEqual(Array.from({ length: count }, (_, index) => index));
  }
});

it('of an invocation that ends its process are whole too', async () => {
  const lambda = await functionOf(
    'exports.handler = async (how) => { for (let i = 0; i < 5000; i++) console.log(i); if (how === "exit") process.exit(1); if (how === "spin") for (;;) {} throw new Error("no"); };',
    { timeoutSeconds: 2 },
  );
  for (const how of ['exit', 'spin'])
    expect((await lambda.invoke(how)).logs).toEqual(Array.from({ length: 5000 }, (_, index) => String(index)));
  const { logs } = await lambda.invoke('throw');
  expect(logs).toHaveLength(5001);
  expect(logs.at(-1)).toMatch(/^ERROR\tInvoke Error\t\{"errorType":"Error","errorMessage":"no"/);
});

it('begin a report of an error on a line of its own', async () => {
  const lambda = await functionOf('exports.handler = async () => { process.stdout.write("half"); throw new Error("no"); };');
  expect((await lambda.invoke({})).logs).toEqual(['half', expect.stringMatching(/^ERROR\tInvoke Error\t/)]);
});

it('written between two invocations belong to the second', async () => {
  const lambda = await functionOf(`let late;
    exports.handler = async (first) => { if (first) late = new Promise((resolve) => setTimeout(() => { console.log('late'); resolve(); }, 1)); else await late; };`);
  const first = await lambda.invoke(true);
  const second = await lambda.invoke(false);
  expect([...first.logs, ...second.logs]).toEqual(['late']);
});
