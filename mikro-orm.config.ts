import { loadConfig } from './src/config.js';
import { ormOptions } from './src/database/index.js';
import { entities } from './src/entities.js';

const { databaseUrl, databasePoolSize } = loadConfig();
if (databaseUrl === null) throw new Error('Set DATABASE_URL: the embedded database is not reached by the ORM\'s own tools.');

/** Settings for MikroORM's own tools, for example `npx mikro-orm schema:update --dump`. */
export default ormOptions({ url: databaseUrl }, entities, databasePoolSize);
