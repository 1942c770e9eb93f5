import * as simulator from '../src/index.js';

const classes = Object.entries(simulator).filter(([name]) => name.endsWith('Error') && name !== 'SimulatorError');

test.each(classes)('%s extends the one base of the package', (_name, thrown) => {
  expect((thrown as { readonly prototype: unknown }).prototype).toBeInstanceOf(simulator.SimulatorError);
});

test('there are errors of both parts', () => {
  expect(classes.map(([name]) => name)).toEqual(expect.arrayContaining(['ListenError', 'InvalidLambdaOptionError']));
});
