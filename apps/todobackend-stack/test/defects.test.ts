import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const page = join(__dirname, '..', '..', '..', 'docs', 'defects-answered.md');
const rows = readFileSync(page, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, defect = '', answer = '', where = ''] = /^\| (\d+) \| (.+?) \| (.+?) \| (.+) \|$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), defect, answer, where }];
  });
const linksOf = (text: string) => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link ?? '');

test('each of the forty defects has one row, in order', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
});

test('each row names the defect, the answer, and a file or a decision', () => {
  for (const { number, answer, where } of rows) {
    expect([number, answer.length > 20]).toEqual([number, true]);
    expect([number, linksOf(where).length > 0]).toEqual([number, true]);
  }
});

test('what a row points to is there, by the name that it is called', () => {
  const links = rows.flatMap(({ answer, where }) => linksOf(`${answer} ${where}`));
  expect(links.length).toBeGreaterThan(60);
  expect(links.filter((link) => !existsSync(resolve(dirname(page), link)))).toEqual([]);
  const misnamed = rows
    .flatMap(({ where }) => [...where.matchAll(/\[`([^`]+)`\]\(([^)]+)\)/g)])
    .filter(([, name = '', link = '']) => !link.endsWith(`/${name}`));
  expect(misnamed).toEqual([]);
});
