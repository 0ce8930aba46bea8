/** Object stores: a folder and S3. */
package io.millrace.runtime.blob;
