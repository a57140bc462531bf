import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';

type Store = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

/** How much of the texts of documents is kept, in characters: what was read of a text takes some thirty times as much memory. */
const HELD = 2_000_000;
/** The longest text that is kept, in characters: longer ones are not written by people, and are read anew each time. */
const LONGEST = 50_000;

/**
 * The documents that were read and found good, the latest used, so that they need not be read again. Apollo Server has a store
 * of its own, which weighs a document without its text and its comments: who sends long comments would fill the memory.
 */
export class DocumentStore implements Store {
  private readonly documents = new Map<string, DocumentNode>();
  private held = 0;

  async get(key: string): Promise<DocumentNode | undefined> {
    const document = this.documents.get(key);
    if (document) {
      // The latest used stands last.
      this.documents.delete(key);
      this.documents.set(key, document);
    }
    return document;
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    await this.delete(key);
    const weight = weightOf(key, document);
    if (weight > LONGEST) return;
    this.documents.set(key, document);
    this.held += weight;
    for (const [oldest] of this.documents) {
      if (this.held <= HELD) return;
      await this.delete(oldest);
    }
  }

  async delete(key: string): Promise<boolean> {
    const document = this.documents.get(key);
    if (document) this.held -= weightOf(key, document);
    return this.documents.delete(key);
  }
}

/** One that was refused for its shape has no text any more, but takes its place too. */
function weightOf(key: string, { loc }: DocumentNode): number {
  return key.length + (loc?.source.body.length ?? 0) + 500;
}
