import type { IncomingHttpHeaders } from 'node:http';
import {
  type Attributes, type Context, isSpanContextValid, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace,
  type Tracer,
} from '@opentelemetry/api';
import {
  ATTR_DB_OPERATION_NAME, ATTR_DB_QUERY_SUMMARY, ATTR_DB_RESPONSE_STATUS_CODE, ATTR_DB_SYSTEM_NAME, ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD, ATTR_HTTP_RESPONSE_STATUS_CODE, ATTR_HTTP_ROUTE,
} from '@opentelemetry/semantic-conventions';
import type { RequestEnd } from './request-log.js';

/** `version-trace-parent-flags` of the W3C. */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;

/**
 * Makes the spans of a server. A span says what was done and how it ended, never of whom and with what: of an address the
 * pattern, of a statement its name or its first word.
 */
export class Tracing {
  /** @param close sends what is not sent yet, and ends */
  constructor(private readonly tracer: Tracer, readonly close: () => Promise<void>) {}

  /** Begins the span of an HTTP request, in the trace of its caller if there is one. */
  beginRequest(method: string, headers: IncomingHttpHeaders): Span {
    return this.tracer.startSpan(method, {
      kind: SpanKind.SERVER, attributes: { [ATTR_HTTP_REQUEST_METHOD]: method },
    }, callerOf(headers));
  }

  /** Ends it. */
  endRequest(span: Span, { method, route, status }: RequestEnd): void {
    if (route !== null) span.updateName(`${method} ${route}`).setAttribute(ATTR_HTTP_ROUTE, route);
    if (status !== null) span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, status);
    // What the caller did wrong is no failure of the server.
    end(span, status === null ? 'aborted' : status >= 500 ? String(status) : null);
  }

  /** Begins the span of a GraphQL operation within that of its request. */
  beginOperation(parent: Span, type: string, name: string | null): Span {
    return this.within(parent, name === null ? type : `${type} ${name}`, SpanKind.INTERNAL, {
      'graphql.operation.type': type, ...(name === null ? {} : { 'graphql.operation.name': name }),
    });
  }

  /** Ends it; `problem` is the code of the first error, null for an answer without one. */
  endOperation(span: Span, problem: string | null): void {
    end(span, problem);
  }

  /** Begins the span of a statement. */
  beginStatement(parent: Span, name: string | null, command: string): Span {
    const summary = name ?? command;
    return this.within(parent, summary, SpanKind.CLIENT, {
      [ATTR_DB_SYSTEM_NAME]: 'postgresql', [ATTR_DB_OPERATION_NAME]: command, [ATTR_DB_QUERY_SUMMARY]: summary,
    });
  }

  /** Ends it; `code` is the SQLSTATE of a failure, empty for one without, null for none. */
  endStatement(span: Span, code: string | null): void {
    if (code) span.setAttribute(ATTR_DB_RESPONSE_STATUS_CODE, code);
    end(span, code === '' ? 'lost' : code);
  }

  private within(parent: Span, name: string, kind: SpanKind, attributes: Attributes): Span {
    return this.tracer.startSpan(name, { kind, attributes }, trace.setSpan(ROOT_CONTEXT, parent));
  }
}

function end(span: Span, failure: string | null): void {
  if (failure !== null) span.setAttribute(ATTR_ERROR_TYPE, failure).setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** The span of whoever sent the request; none when the header is not there or is not well written. */
function callerOf({ traceparent }: IncomingHttpHeaders): Context {
  const [, traceId = '', spanId = '', flags = '0'] = TRACEPARENT.exec(String(traceparent)) ?? [];
  const caller = { traceId, spanId, isRemote: true, traceFlags: Number.parseInt(flags, 16) & 1 };
  return isSpanContextValid(caller) ? trace.setSpanContext(ROOT_CONTEXT, caller) : ROOT_CONTEXT;
}
