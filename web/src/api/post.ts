// One JSON request to our own server; cookies carry who is asking.
import { Fault } from './fault.ts';

export async function post(path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
      },
      body: JSON.stringify(body),
      credentials: 'same-origin',
    });
  } catch {
    throw new Fault('offline');
  }
}
