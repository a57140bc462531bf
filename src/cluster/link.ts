import type { ChildProcess } from 'node:child_process';
import { OperatorError } from '../kernel/operator-error.js';

/** Functions that another process has: what they take and give survives JSON. */
type Functions<Names> = { readonly [Name in keyof Names]: (...values: never[]) => Promise<unknown> };

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly values: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string; readonly stack: string; readonly forOperator: boolean };

/** A connection of two processes, each of which calls functions of the other. */
export class Link<Theirs extends Functions<Theirs>, Ours extends Functions<Ours>> {
  private readonly calls = new Map<number, PromiseWithResolvers<unknown>>();
  private lastId = 0;

  /**
   * @param channel to the other process
   * @param ours what the other process may call
   */
  constructor(private readonly channel: ChildProcess | NodeJS.Process, private readonly ours: Ours) {
    channel.on('message', (message: Message) => this.take(message));
    channel.once('disconnect', () => this.failAll());
  }

  /** Calls a function of the other process; fails as it fails, an `OperatorError` with such a one, or when that process goes away. */
  call<Name extends keyof Theirs & string>(name: Name, ...values: Parameters<Theirs[Name]>): ReturnType<Theirs[Name]> {
    const id = this.lastId += 1;
    const call = Promise.withResolvers<unknown>();
    this.calls.set(id, call);
    if (this.channel.connected) this.send({ kind: 'call', id, name, values });
    else this.failAll();
    return call.promise as ReturnType<Theirs[Name]>;
  }

  private take(message: Message): void {
    if (message.kind === 'call') return void this.answer(message);
    const call = this.calls.get(message.id);
    this.calls.delete(message.id);
    if (message.kind === 'answer') call?.resolve(message.value);
    else call?.reject(failureOf(message));
  }

  private async answer({ id, name, values }: Message & { readonly kind: 'call' }): Promise<void> {
    try {
      const called = this.ours[name as keyof Ours];
      this.send({ kind: 'answer', id, value: await called(...values as never[]) });
    } catch (error) {
      const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
      this.send({ kind: 'failure', id, message, stack, forOperator: error instanceof OperatorError });
    }
  }

  private send(message: Message): void {
    // Of a channel that breaks meanwhile the event tells.
    this.channel.send?.(message, undefined, undefined, () => undefined);
  }

  private failAll(): void {
    for (const { reject } of this.calls.values()) reject(new Error('The other process is gone.'));
    this.calls.clear();
  }
}

function failureOf({ message, stack, forOperator }: Message & { readonly kind: 'failure' }): Error {
  return forOperator ? new OperatorError(message) : Object.assign(new Error(message), { stack });
}
