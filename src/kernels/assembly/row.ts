/**
 * A row of a panel as a type: one to seven vectors. Kernels take it as a type parameter, because that is how AssemblyScript
 * knows a width while it compiles; `offsetof<Row>()` is the size of the row in bytes.
 */
@unmanaged
export class Row1 {
  a: v128;
}

@unmanaged
export class Row2 extends Row1 {
  b: v128;
}

@unmanaged
export class Row3 extends Row2 {
  c: v128;
}

@unmanaged
export class Row4 extends Row3 {
  d: v128;
}

@unmanaged
export class Row5 extends Row4 {
  e: v128;
}

@unmanaged
export class Row6 extends Row5 {
  f: v128;
}

@unmanaged
export class Row7 extends Row6 {
  g: v128;
}

/** 112 bytes that are always zero, where a sum without a bias starts. */
export const ZEROS: usize = 64;

/** 112 bytes for the gradient of one row. */
export const GRADIENT: usize = 192;

/** 128 bytes for the sums of one line of a block. */
export const SUMS: usize = 320;
