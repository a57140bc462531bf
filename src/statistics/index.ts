export { availableTests, licenseUseOf } from './license-use.js';
export { readTestUsage, type TestUsage } from './test-usage.js';
export { readUserStatistics, type UserStatistics, type UserTestStatistics } from './user-statistics.js';
