import type { Seller } from './seller.js';

/**
 * Stands in for a seller where somebody tries the server out, so that invoices can be looked at before there are details
 * to put into them. It says what it is, and no region and no bank has its numbers, though their check digits are right.
 */
export const SAMPLE_SELLER: Seller = {
  name: 'ООО «Образец» (не для оплаты)',
  inn: '0012345673',
  kpp: '001201001',
  address: '101000, г. Москва, ул. Образцовая, д. 1',
  account: '40702810600000000001',
  bank: 'Банк «Образец»',
  bic: '049999999',
  correspondentAccount: '30101810300000000999',
  director: 'Образцов О. О.',
  accountant: null,
};
