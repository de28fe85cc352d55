/** Passkeys: the options that the server gives as JSON, and the answer that it reads. */

const decode = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));

const encode = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

interface Described {
  id: string;
  type: 'public-key';
  transports?: AuthenticatorTransport[];
}

export interface RequestOptions {
  publicKey: {
    challenge: string;
    allowCredentials?: Described[];
    [other: string]: unknown;
  };
}

export interface CreationOptions {
  publicKey: {
    challenge: string;
    user: { id: string; name: string; displayName: string };
    excludeCredentials?: Described[];
    authenticatorSelection?: AuthenticatorSelectionCriteria;
    [other: string]: unknown;
  };
}

/** A passkey needs https, or localhost by name: an address of numbers has none. */
export function passkeysPossible(): boolean {
  return (
    'credentials' in navigator &&
    'PublicKeyCredential' in window &&
    !/^[\d.]+$|^\[/.test(location.hostname)
  );
}

const described = (list: Described[] | undefined): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));

/** Ask for a passkey; answers the JSON that the server reads. */
export async function getPasskey(options: RequestOptions): Promise<string> {
  const { publicKey } = options;
  const found = (await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: decode(publicKey.challenge),
      allowCredentials: described(publicKey.allowCredentials),
    },
  })) as PublicKeyCredential | null;
  if (!found) throw new Error('no passkey');
  const response = found.response as AuthenticatorAssertionResponse;
  return JSON.stringify({
    ...shared(found),
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      authenticatorData: encode(response.authenticatorData),
      signature: encode(response.signature),
      userHandle: response.userHandle ? encode(response.userHandle) : null,
    },
  });
}

/** Make a passkey that signs in by itself; answers the JSON that the server reads. */
export async function createPasskey(options: CreationOptions): Promise<string> {
  const { publicKey } = options;
  const made = (await navigator.credentials.create({
    publicKey: {
      ...(publicKey as unknown as PublicKeyCredentialCreationOptions),
      challenge: decode(publicKey.challenge),
      user: { ...publicKey.user, id: decode(publicKey.user.id) },
      excludeCredentials: described(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
    },
  })) as PublicKeyCredential | null;
  if (!made) throw new Error('no passkey');
  const response = made.response as AuthenticatorAttestationResponse;
  return JSON.stringify({
    ...shared(made),
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      attestationObject: encode(response.attestationObject),
      transports: response.getTransports(),
    },
  });
}

function shared(credential: PublicKeyCredential): Record<string, unknown> {
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
