import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, type SelectionSetNode } from 'graphql';
import { operationName } from '../observability/index.js';
import type { RequestContext } from './context.js';

/** The fields of `Query` that answer everybody the same until a test is published. */
const PUBLIC_FIELDS: ReadonlySet<string> = new Set(['test', 'tests', '__typename']);

/** What is known of an answer that is the same for everybody. */
export interface PublicAnswer {
  /** The name of the operation, as it may be told; null for one without. */
  readonly operation: string | null;
  /** In points. */
  readonly cost: number | null;
}

/** Tells the context of each answer that is the same for everybody: one without errors to what is public alone. */
export const tellPublicAnswers: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ document, operation, response: { body }, contextValue }) {
        if (!document || !operation || body.kind !== 'single' || body.singleResult.errors || !body.singleResult.data) return;
        if (!isPublic(document, operation)) return;
        contextValue.onPublicAnswer({ operation: operation.name ? operationName(operation.name.value) : null, cost: contextValue.cost });
      },
    };
  },
};

/** Whether an operation asks for nothing but what everybody is answered the same. */
function isPublic({ definitions }: DocumentNode, { operation, selectionSet }: OperationDefinitionNode): boolean {
  if (operation !== OperationTypeNode.QUERY) return false;
  const holds = (set: SelectionSetNode | undefined): boolean => set?.selections.every((selection) => {
    switch (selection.kind) {
      case Kind.FIELD: return PUBLIC_FIELDS.has(selection.name.value);
      case Kind.INLINE_FRAGMENT: return holds(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD: return holds(fragmentOf(selection.name.value));
    }
  }) ?? false;
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const fragmentOf = (wanted: string): SelectionSetNode | undefined => fragments.find(({ name }) => name.value === wanted)?.selectionSet;
  return holds(selectionSet);
}
