import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

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
  private readonly documents = new LRUCache<string, DocumentNode>({
    maxSize: HELD, maxEntrySize: LONGEST, sizeCalculation: (document, key) => weightOf(key, document),
  });

  async get(key: string): Promise<DocumentNode | undefined> {
    return this.documents.get(key);
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    this.documents.set(key, document);
  }

  async delete(key: string): Promise<boolean> {
    return this.documents.delete(key);
  }
}

/** One that was refused for its shape has no text any more, but takes its place too. */
function weightOf(key: string, { loc }: DocumentNode): number {
  return key.length + (loc?.source.body.length ?? 0) + 500;
}
