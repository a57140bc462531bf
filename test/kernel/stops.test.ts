import { expect, it } from '@jest/globals';
import { Stops } from '../../src/kernel/stops.js';

it('what was started is stopped from the last to the first, each once, whatever becomes of the others', async () => {
  const stopped: string[] = [];
  const stops = new Stops();
  const stop = (name: string, fails = false) => async (): Promise<void> => {
    stopped.push(name);
    if (fails) throw new Error(`${name} does not stop.`);
  };
  stops.add(stop('first'), stop('second', true));
  stops.add(stop('third', true), stop('last'));
  await expect(stops.run()).rejects.toThrow('third does not stop.');
  expect(stopped).toEqual(['last', 'third', 'second', 'first']);
  await stops.run();
  expect(stopped).toHaveLength(4);
});
