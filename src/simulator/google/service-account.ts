import { generateKeyPairSync, type KeyObject } from 'node:crypto'

/** Somebody who may ask for tokens. */
export interface ServiceAccount {
  readonly email: string
  readonly publicKey: KeyObject
  /** What GOOGLE_CALENDAR_CREDENTIALS is set to: its JSON key. */
  readonly credentials: string
}

export function createServiceAccount(email = 'hearthline@emulated.iam.gserviceaccount.com'): ServiceAccount {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const credentials = JSON.stringify({
    type: 'service_account',
    project_id: 'emulated',
    private_key_id: 'emulated',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: email,
    client_id: '1',
    token_uri: 'https://oauth2.googleapis.com/token',
  })
  return { email, publicKey, credentials }
}
