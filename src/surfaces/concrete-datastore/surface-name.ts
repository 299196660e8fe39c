/** The name under which this surface's sessions are kept: its tokens count here and at the native API. */
export const SURFACE = 'concrete-datastore';
