/** The values of `fs.open_mayexec_enforce`: 1 = noexec mounts, 2 = files that may not be executed, 3 = both. */
export type Policy = 0 | 1 | 2 | 3;

/** Whom a job runs as: uid 0, uid 0 without any capability, uid 65534. */
export type User = 'root' | 'bare-root' | 'nobody';

/** What a bed makes before the job starts, in this order, in a folder of the job's own; paths are relative to it. */
export type Fixture = {
  readonly path: string;
  /** Permission bits; 0644 for files, 0755 for folders unless given. */
  readonly mode?: number;
  /** The job's user unless given; another one needs root. */
  readonly owner?: 'root' | 'nobody';
} & (
  | { readonly kind: 'file'; readonly text?: string }
  | { readonly kind: 'directory' | 'fifo' | 'socket' }
  /** A folder with an empty noexec file system on it; fixtures below it come later in the list. Needs namespaces. */
  | { readonly kind: 'noexec' }
  | { readonly kind: 'link'; readonly to: string }
  /** A second name of an earlier file of the list. */
  | { readonly kind: 'hard'; readonly of: string }
  /** A file with the bytes of one of the host's. */
  | { readonly kind: 'copy'; readonly from: string }
  /** Need root. */
  | { readonly kind: 'character' | 'block'; readonly major: number; readonly minor: number }
  /** A file or folder of the host, shown at the path, whoever may reach it there. Needs namespaces. */
  | { readonly kind: 'bind' | 'bind-noexec'; readonly from: string }
);

/** What a bed is asked to run; see {@link jobIn} for texts that name the job's folder. */
export interface Job {
  /** The program, absolute or relative to the job's folder, and its arguments. */
  readonly argv: readonly [string, ...string[]];
  readonly policy: Policy;
  readonly user: User;
  readonly fixtures?: readonly Fixture[];
  /** Code that comes from no file is refused too (SECBIT_EXEC_DENY_INTERACTIVE; Linux 6.14). */
  readonly denyInteractive?: boolean;
  /** Added to a fixed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; /dev/null unless given. */
  readonly input?: Buffer | string;
  /** In ms; 20,000 unless given. */
  readonly timeout?: number;
  /** Bytes of output, each stream, after which the job is ended; 8 MiB unless given. */
  readonly most?: number;
  /** Records opens by open and openat too, which cannot carry the flag; where the bed can. */
  readonly watch?: boolean;
  /** Has `/proc/sys/fs/open_mayexec_enforce` answer, where the bed has to imitate it. */
  readonly sysctlFile?: boolean;
  /** A text that means the job's folder, which the bed chooses, in arguments, environment and fixtures. */
  readonly place?: string;
}

/** One open, as a bed recorded it. */
export interface Opened {
  readonly pid: number;
  /** The program's name as the kernel keeps it: up to 15 bytes. */
  readonly program: string;
  readonly call: string;
  /** As the program wrote it; bytes as latin1. */
  readonly path: string;
  /** Whether O_MAYEXEC was passed. */
  readonly flag: boolean;
  readonly write: boolean;
  /** `passed`: the bed let the kernel answer and does not know what it said. */
  readonly outcome: 'allowed' | 'refused' | 'failed' | 'passed';
  readonly error?: string | undefined;
  /** What the policy did not like. */
  readonly why?: string | undefined;
}

/** How a job ended. */
export interface Outcome {
  readonly ended: 'exit' | 'signal' | 'timeout' | 'flood';
  /** As a shell has it: 128 + N after signal N. */
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly opened: readonly Opened[];
  /** The job's folder as the job saw it, an absolute path, as it is in what it printed. */
  readonly folder: string;
}

/** A place where a policy is enforced, or (the stock kernel) is not. */
export interface Bed {
  readonly name: string;
  /** How files are refused here: by the flag, by the kernel's check on an open file, or not at all. */
  readonly mechanism: 'flag' | 'check' | 'none';
  /** The policies that the bed can tell apart. */
  readonly policies: readonly Policy[];
  /** False where the bed has only the user who started it, under any name. */
  readonly manyUsers: boolean;
  /** False where nothing can be mounted for a job alone: no noexec folders, nothing shown at another path. */
  readonly namespaces: boolean;
  /**
   * Runs a job from beginning to end; nothing of it is left.
   *
   * @throws Problem `bed-missing` or `bed-nested` when the machine lacks what the bed or a fixture needs,
   * `bed-dead` when the bed itself failed, `bad-path` when the program cannot be run
   */
  run(job: Job): Promise<Outcome>;
  /** Ends what the bed keeps running between jobs, where it does. */
  end?(): Promise<void>;
}
