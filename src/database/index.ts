export { advisoryLock } from './advisory-lock.js';
export { type Condition, type Conditions, conditionsOf, withinTimes } from './conditions.js';
export { type KeysetList, keysetList, PAGE_PARAMETERS, pageValues, readPage } from './keyset.js';
export { Listener } from './listener.js';
export { Database } from './database.js';
export { isRefusal, reasonOf, violates } from './errors.js';
export { migrate } from './migrate.js';
export { type DatabaseConnection, ormOptions } from './orm.js';
export { type Sql, sqlWithin, type Statement, statement } from './statement.js';
