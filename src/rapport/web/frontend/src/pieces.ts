/** Sends large files in pieces (tus), so that a broken connection or a restart of the server costs one piece at most. */
import { Upload, type DetailedError } from "tus-js-client";
import { csrfToken } from "./hypermedia";

const PIECE = 4 * 1024 * 1024;
const PAUSES = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000, 60_000, 60_000, 60_000];

export interface Course {
  /** The address that takes pieces. */
  address: string;
  /** Told how many bytes of this file have been sent. */
  sent(bytes: number): void;
  /** Told when the connection broke and will be tried again. */
  waits(): void;
  /** Aborted when the person stops the upload. */
  signal: AbortSignal;
}

/** Sends one file, or what is still missing of it; gives the number by which the server knows it. */
export function sendInPieces(file: File, course: Course): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: course.address,
      chunkSize: PIECE,
      retryDelays: PAUSES,
      metadata: { filename: file.name },
      headers: { "X-CSRFToken": csrfToken() },
      removeFingerprintOnSuccess: true,
      onProgress: (bytes) => course.sent(bytes),
      onShouldRetry: (error) => {
        const again = isPassing(error);
        if (again) course.waits();
        return again;
      },
      onSuccess: () => resolve(numberIn(upload.url)),
      onError: reject,
    });
    course.signal.addEventListener("abort", () => {
      void upload.abort();
      reject(course.signal.reason);
    });
    void start(upload);
  });
}

async function start(upload: Upload): Promise<void> {
  const [begun] = await upload.findPreviousUploads();
  if (begun) upload.resumeFromPreviousUpload(begun);
  upload.start();
}

/** What the server said of a refusal; empty when it said nothing. */
export function sentenceOf(error: unknown): string {
  const answer = (error as Partial<DetailedError>).originalResponse;
  return decodeURIComponent(answer?.getHeader("X-Problem") ?? "");
}

function isPassing(error: DetailedError): boolean {
  const status = error.originalResponse?.getStatus() ?? 0;
  return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
}

function numberIn(address: string | null): string {
  return address?.split("/").findLast(Boolean) ?? "";
}
