package io.millrace.modelling.layer;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

/**
 * The three matrix products of a dense layer, between heap tensors: what goes in is pushed, what comes out is pulled.
 * X is rows x k, W is k x n, Z is rows x n.
 */
final class Products {
    private Products() {}

    /** Z = X W. */
    static void forward(Tensor x, Tensor w, Tensor z, int rows) {
        int k = w.rows();
        int n = w.columns();
        x.push(rows);
        w.push(k);
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasNoTrans,
                rows,
                n,
                k,
                1,
                x.memory(),
                k,
                w.memory(),
                n,
                0,
                z.memory(),
                n);
        z.pull(rows);
    }

    /** dW = X' dZ. X is as the last {@link #forward} pushed it; dZ is pushed. */
    static void weights(Tensor x, Tensor dz, Tensor dw, int rows) {
        int k = dw.rows();
        int n = dw.columns();
        dz.push(rows);
        cblas_sgemm(
                CblasRowMajor,
                CblasTrans,
                CblasNoTrans,
                k,
                n,
                rows,
                1,
                x.memory(),
                k,
                dz.memory(),
                n,
                0,
                dw.memory(),
                n);
        dw.pull(k);
    }

    /** dX = dZ W'. dZ and W are as {@link #weights} and {@link #forward} pushed them. */
    static void inputs(Tensor dz, Tensor w, Tensor dx, int rows) {
        int k = w.rows();
        int n = w.columns();
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                rows,
                k,
                n,
                1,
                dz.memory(),
                n,
                w.memory(),
                n,
                0,
                dx.memory(),
                k);
        dx.pull(rows);
    }

    /** The same as {@link #forward} with matrices of their own for rows that take turns: row i meets matrix i mod groups. */
    static void forwardEach(Tensor x, Tensor w, Tensor z, int rows, int groups) {
        int k = w.rows() / groups;
        int n = w.columns();
        x.push(rows * groups);
        w.push(w.rows());
        for (int g = 0; g < groups; g++) {
            cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasNoTrans,
                    rows,
                    n,
                    k,
                    1,
                    x.memory().position((long) g * k),
                    groups * k,
                    w.memory().position((long) g * k * n),
                    n,
                    0,
                    z.memory().position((long) g * n),
                    groups * n);
        }
        rewind(x, w, z);
        z.pull(rows * groups);
    }

    /** The same as {@link #weights}, for each group. */
    static void weightsEach(Tensor x, Tensor dz, Tensor dw, int rows, int groups) {
        int k = dw.rows() / groups;
        int n = dw.columns();
        dz.push(rows * groups);
        for (int g = 0; g < groups; g++) {
            cblas_sgemm(
                    CblasRowMajor,
                    CblasTrans,
                    CblasNoTrans,
                    k,
                    n,
                    rows,
                    1,
                    x.memory().position((long) g * k),
                    groups * k,
                    dz.memory().position((long) g * n),
                    groups * n,
                    0,
                    dw.memory().position((long) g * k * n),
                    n);
        }
        rewind(x, dz, dw);
        dw.pull(dw.rows());
    }

    /** The same as {@link #inputs}, for each group. */
    static void inputsEach(Tensor dz, Tensor w, Tensor dx, int rows, int groups) {
        int k = w.rows() / groups;
        int n = w.columns();
        for (int g = 0; g < groups; g++) {
            cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasTrans,
                    rows,
                    k,
                    n,
                    1,
                    dz.memory().position((long) g * n),
                    groups * n,
                    w.memory().position((long) g * k * n),
                    n,
                    0,
                    dx.memory().position((long) g * k),
                    groups * k);
        }
        rewind(dz, w, dx);
        dx.pull(rows * groups);
    }

    private static void rewind(Tensor a, Tensor b, Tensor c) {
        a.memory().position(0);
        b.memory().position(0);
        c.memory().position(0);
    }
}
