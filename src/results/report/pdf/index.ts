import type { PrintJob } from '../../../printing/index.js';
import type { ReportDocument } from '../document.js';

const template = import.meta.resolve('#compiled/results/report/pdf/definition.js');

/** A report as it is given to who prints it. */
export function reportPrintJob(document: ReportDocument): PrintJob {
  return { template, data: document };
}
