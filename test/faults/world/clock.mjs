import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

// Loaded before a program whose clock is to step: its time is that of the machine and what a file says, in milliseconds.

const LOOK_EVERY_MS = 20;
const Machine = globalThis.Date;
let offset = 0;

const look = () => {
  offset = Number(readFileSync(process.env.CLOCK_OFFSET_FILE, 'utf8'));
};
look();
setInterval(look, LOOK_EVERY_MS).unref();

const now = () => Machine.now() + offset;
globalThis.Date = new Proxy(Machine, {
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
  apply: () => new Machine(now()).toString(),
});
