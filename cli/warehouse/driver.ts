// A file of its own, so that the driver is loaded when a session is opened and not before.
export { createConnection } from 'mysql2/promise';
