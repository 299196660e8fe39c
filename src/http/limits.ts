import { SECOND } from '../common/clock.js';

/** The longest JSON or form body, in bytes (contract 3.9). */
export const BODY_LIMIT = 1024 * 1024;

/** The longest path parameter, in characters. Fastify's own 100 would cut tokens off. */
export const MAX_PARAM_LENGTH = 1024;

/** How deep a body may nest: more than any document asks for, far less than a stack holds. */
export const MAX_BODY_DEPTH = 32;

/** How many values a body may hold, and how many members one object of it. */
export const MAX_BODY_VALUES = 10_000;
export const MAX_OBJECT_MEMBERS = 1_000;

/** How long a request may take to arrive, its headers and the whole of it. */
export const HEADERS_TIMEOUT = 15 * SECOND;
export const REQUEST_TIMEOUT = 60 * SECOND;

/** How long an upload may bring nothing before it is cut. */
export const UPLOAD_IDLE = 10 * SECOND;

/** How long a stopping process waits for answers under way before it cuts the connections. */
export const DRAIN_TIMEOUT = 5 * SECOND;

/** From here on a request is slow and is logged. */
export const SLOW_REQUEST = 500;
