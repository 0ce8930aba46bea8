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
}
