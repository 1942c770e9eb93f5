import { explore, edgeOf } from '../helpers/explore.js';
test('x', () => {
  const t0 = Date.now(); let n = 0;
  const edges = new Map<string, Set<string>>();
  explore((t) => { n += 1; if (n > 2e6) throw new RangeError('too many'); const e = edgeOf(t); if (!edges.has(e)) edges.set(e, new Set()); edges.get(e)!.add(t.action.kind); });
  process.stdout.write(`${n} steps ${Date.now()-t0} ms\n` + [...edges].map(([e, a]) => `${e} -> ${[...a]}`).sort().join('\n') + '\n');
});
