/** Keys of PostgreSQL advisory locks, one list so that no two uses collide. */
export const advisoryLock = {
  migration: 7_201_001,
  catalogue: 7_201_002,
  jobs: 7_201_003,
  clients: 7_201_004,
  /** Shared by all servers for as long as they run. */
  servers: 7_201_005,
} as const;
