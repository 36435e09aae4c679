/** A port nobody listens on: where a service or a server would be that is not there. */
export const NOWHERE = 'http://127.0.0.1:9'
