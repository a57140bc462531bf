/** The cluster, and the database in it: a standby is the same as its primary. */
export const DATABASE_IDENTITY = "(select system_identifier::text from pg_control_system()) || ' ' || current_database()";
