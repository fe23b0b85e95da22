/** Passkeys: the browser makes or uses one, and its answer goes along with the form. */
import { find, on, readJson, whenPresent } from "./elements";
import { showToast } from "./toasts";
import { say } from "./words";

interface Options {
  creation_options?: { publicKey: PublicKeyCredentialCreationOptionsJSON };
  request_options?: { publicKey: PublicKeyCredentialRequestOptionsJSON };
}

const isSupported = "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;

whenPresent("[data-passkey]", (form) => {
  form.hidden = !isSupported;
});
whenPresent("[data-passkey-missing]", (sentence) => {
  sentence.hidden = isSupported;
});

on("submit", "form[data-passkey]", (element, event) => {
  event.preventDefault();
  const form = element as HTMLFormElement;
  answer(form).then(
    () => form.submit(),
    () => showToast(say("passkey-refused"), "bad"),
  );
});

async function answer(form: HTMLFormElement): Promise<void> {
  const credential = await credentialFor(await optionsOf(form));
  const field = find<HTMLInputElement>("input[name=credential]", form);
  if (!credential || !field) throw new Error("no passkey");
  field.value = JSON.stringify((credential as PublicKeyCredential).toJSON());
}

async function optionsOf(form: HTMLFormElement): Promise<Options> {
  const address = form.dataset["optionsUrl"];
  if (!address) return readJson<Options>("passkey-options", {});
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  return (await response.json()) as Options;
}

function credentialFor({ creation_options, request_options }: Options): Promise<Credential | null> {
  if (creation_options) {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(creation_options.publicKey);
    return navigator.credentials.create({ publicKey });
  }
  if (!request_options) return Promise.resolve(null);
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(request_options.publicKey) });
}
