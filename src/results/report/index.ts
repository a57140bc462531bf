export { composeReport } from './compose-report.js';
export type { ReportDocument } from './document.js';
export { reportFragment, reportPage } from './html/index.js';
export { type Interpretation, interpretationsOf } from './interpretation-blocks.js';
export { reportPrintJob } from './pdf/index.js';
export { type Reading, readingOf, type ReportSource } from './reading.js';
