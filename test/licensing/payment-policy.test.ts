import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admitsLicense, type LicenseAccount, PaymentPolicy } from '../../src/licensing/payment-policy.js';

const prepaid = (limit: number, overdraft: number, issued: number): LicenseAccount =>
  ({ paymentPolicy: PaymentPolicy.PREPAID, limit, overdraft, issued });
const postpaid = (issued: number): LicenseAccount =>
  ({ paymentPolicy: PaymentPolicy.POSTPAID, limit: null, overdraft: 0, issued });

describe('the payment policy', () => {
  it.each([
    [0, 0, 0, 'refuses'],
    [1, 0, 0, 'admits'],
    [1, 0, 1, 'refuses'],
    [1000, 0, 999, 'admits'],
    [1000, 0, 1000, 'refuses'],
    [1000, 0, 1001, 'refuses'],
    [1000, 10, 1000, 'admits'],
    [1000, 10, 1009, 'admits'],
    [1000, 10, 1010, 'refuses'],
    [0, 5, 4, 'admits'],
    [0, 5, 5, 'refuses'],
    [1_000_000_000, 1_000_000_000, 1_999_999_999, 'admits'],
    [1_000_000_000, 1_000_000_000, 2_000_000_000, 'refuses'],
  ])('of a prepaid client with %i licenses, overdraft %i and %i issued %4$s one more', (limit, overdraft, issued, answer) => {
    expect(admitsLicense(prepaid(limit, overdraft, issued))).toBe(answer === 'admits');
  });

  it.each([0, 1, 1_000_000_000])('of a postpaid client with %i issued admits one more', (issued) => {
    expect(admitsLicense(postpaid(issued))).toBe(true);
  });
});

const number = fc.nat({ max: 50 });

describe('for every prepaid client', () => {
  it('exactly limit + overdraft licenses can be issued', () => {
    fc.assert(fc.property(number, number, (limit, overdraft) => {
      let issued = 0;
      while (issued < 1_000 && admitsLicense(prepaid(limit, overdraft, issued))) issued += 1;
      expect(issued).toBe(limit + overdraft);
    }));
  });

  it('paying for more licenses or a larger overdraft never turns an admission into a refusal', () => {
    fc.assert(fc.property(number, number, number, number, number, (limit, overdraft, issued, paid, granted) => {
      fc.pre(admitsLicense(prepaid(limit, overdraft, issued)));
      expect(admitsLicense(prepaid(limit + paid, overdraft + granted, issued))).toBe(true);
    }));
  });
});
