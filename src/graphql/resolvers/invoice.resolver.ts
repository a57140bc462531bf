import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import {
  cancelInvoice, countInvoices, createInvoice, Invoice, InvoiceStatus, type IssuedInvoice, type LicenseName, listInvoices,
} from '../../billing/index.js';
import { actorOf, Client, License } from '../../clients/index.js';
import { nodeId, parseNodeId } from '../../kernel/ids.js';
import type { PageKey } from '../../kernel/page.js';
import { type Connection, connectionOf, connectionType, PAGE_SIZE, PageArgs, pageRequest } from '../connection.js';
import type { RequestContext, Services } from '../context.js';
import { COUNT_COST, pageCost, scan } from '../cost.js';
import { InvoiceFormat } from '../enums.js';
import {
  Buyer, CancelInvoiceInput, CancelInvoiceOutcome, cancelInvoiceOutcome, CreateInvoiceInput, CreateInvoiceOutcome,
  createInvoiceOutcome, orderIn,
} from '../invoicing.js';
import { Money, moneyOf } from '../money.js';
import { Period } from '../period.js';
import { InvoiceNotFoundProblem } from '../problems/index.js';

const InvoiceConnection = connectionType('Invoice', Invoice, scan(COUNT_COST));

@Resolver(() => Invoice)
export class InvoiceResolver {
  constructor(private readonly services: Services) {}

  @Mutation(() => CreateInvoiceOutcome, {
    description: 'Order an invoice: of licenses in advance for a prepaid client, of a period after the fact for a postpaid one. BAD_USER_INPUT for a number or a period that no invoice can have.',
  })
  async createInvoice(
    @Arg('input', () => CreateInvoiceInput, { description: 'What to pay.' }) input: CreateInvoiceInput,
    @Ctx() { caller, loaders }: RequestContext,
  ): Promise<typeof CreateInvoiceOutcome> {
    const signature = await caller.signature();
    const clientId = signature.client.id;
    const order = { ...orderIn(input), idempotencyKey: input.idempotencyKey ?? null };
    const outcome = await createInvoice(this.services.billing, { clientId, ...order, actor: actorOf(signature) });
    loaders.invoiceOfLicense.clearAll();
    return createInvoiceOutcome(outcome);
  }

  @Mutation(() => CancelInvoiceOutcome, { description: 'Cancel an invoice that waits to be paid. Repeating it changes nothing.' })
  async cancelInvoice(
    @Arg('input', () => CancelInvoiceInput, { description: 'Which invoice.' }) input: CancelInvoiceInput,
    @Ctx() { caller, loaders }: RequestContext,
  ): Promise<typeof CancelInvoiceOutcome> {
    const signature = await caller.signature();
    const clientId = signature.client.id;
    const named = parseNodeId(input.invoiceId);
    if (named?.type !== 'Invoice') return new InvoiceNotFoundProblem();
    const outcome = await cancelInvoice(this.services.billing, { clientId, invoiceId: named.uuid, actor: actorOf(signature) });
    loaders.invoiceOfLicense.clearAll();
    return cancelInvoiceOutcome(outcome);
  }

  @FieldResolver(() => ID, { description: 'Opaque, for `Query.node`.' })
  id(@Root() invoice: IssuedInvoice): string {
    return nodeId('Invoice', invoice.id);
  }

  @FieldResolver(() => String, { description: 'The year and the place in it, such as `2026-000042`; unique on the platform, without gaps in a year.' })
  number(@Root() invoice: IssuedInvoice): string {
    return invoice.number;
  }

  @FieldResolver(() => Money, { description: 'Price of one license, VAT included.' })
  unitPrice(@Root() invoice: IssuedInvoice): Money {
    return moneyOf(invoice.unitPrice);
  }

  @FieldResolver(() => Money, { description: 'What is to be paid, VAT included.' })
  total(@Root() invoice: IssuedInvoice): Money {
    return moneyOf(invoice.total);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'The part of the total that is VAT; null when the seller is exempt.' })
  vat(@Root() { vat }: IssuedInvoice): Money | null {
    return vat === null ? null : moneyOf(vat);
  }

  @FieldResolver(() => Period, {
    nullable: true,
    description: "The days whose licenses a postpaid invoice charges for, in the client's time zone; null for a prepaid one.",
  })
  period(@Root() invoice: IssuedInvoice): Period | null {
    return invoice.period;
  }

  @FieldResolver(() => String, { description: 'Where to download the invoice. Whoever has the link may read it. It begins with the public address of the server, or, where none is configured, with the address that this request named.' })
  url(
    @Root() { documentKey }: IssuedInvoice,
    @Arg('format', () => InvoiceFormat, { defaultValue: InvoiceFormat.PDF, description: 'The face of the invoice.' }) format: InvoiceFormat,
    @Ctx() { origin }: RequestContext,
  ): string {
    return `${origin}/invoices/${documentKey}.${format}`;
  }
}

@Resolver(() => Client)
export class ClientBillingResolver {
  constructor(private readonly services: Services) {}

  @FieldResolver(() => Money, { nullable: true, description: 'Price of one license, VAT included; null until agreed.' })
  licensePrice(@Root() { licensePrice }: Client): Money | null {
    return licensePrice === null ? null : moneyOf(licensePrice);
  }

  @FieldResolver(() => Buyer, { nullable: true, description: 'Who pays; null until known.' })
  buyer(@Root() client: Client): Buyer | null {
    return client.buyer;
  }

  @FieldResolver(() => InvoiceConnection, { complexity: pageCost(PAGE_SIZE), description: 'The invoices of the client, newest first.' })
  async invoices(
    @Root() { id: clientId }: Client,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('status', () => InvoiceStatus, { nullable: true, description: 'Only invoices that stand so; null for all.' })
    status: InvoiceStatus | null,
  ): Promise<Connection<IssuedInvoice>> {
    const { reading } = this.services;
    const scope = { list: 'invoices', owner: clientId };
    const request = pageRequest(args, scope);
    const filter = { clientId, status: status ?? null };
    const keyOf = ({ issuedAt, id }: IssuedInvoice): PageKey => [issuedAt.getTime(), id];
    const page = await listInvoices(reading, filter, request);
    return connectionOf(page, request, { ...scope, keyOf, count: () => countInvoices(reading, filter) });
  }
}

@Resolver(() => License)
export class LicenseInvoiceResolver {
  @FieldResolver(() => Invoice, {
    nullable: true,
    description: 'The postpaid invoice that charges for the license; null when none does: of a prepaid client, not invoiced yet, or cancelled.',
  })
  invoice(@Root() { clientId, userId }: LicenseName, @Ctx() { loaders }: RequestContext): Promise<IssuedInvoice | null> {
    return loaders.invoiceOfLicense.load({ clientId, userId });
  }
}
